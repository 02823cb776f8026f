package org.bpmnmlops.serving;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.bpmnmlops.production.PredictionJournal;
import org.bpmnmlops.production.ProductionData;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** Where predictions are recorded depends on the database. */
@Configuration(proxyBeanMethods = false)
class PredictionLogs {

  /** An H2 file has one server, so nobody else can miss what is still in its journals. */
  @Bean
  PredictionLog predictionLog(
      DataSource database, ProductionData production, TransactionTemplate transaction)
      throws SQLException, IOException {
    Path file = h2File(database);
    return file == null
        ? new CommittedLog(production, transaction)
        : new JournalLog(production, journal(file, 1), journal(file, 2));
  }

  private static PredictionJournal journal(Path database, int number) {
    return new PredictionJournal(
        database.resolveSibling(database.getFileName() + ".predictions-" + number));
  }

  /** The file without its ending; null where the database is another. */
  private static Path h2File(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection()) {
      if (!connection.getMetaData().getURL().startsWith("jdbc:h2:file:")) {
        return null;
      }
      try (Statement statement = connection.createStatement();
          ResultSet path = statement.executeQuery("CALL DATABASE_PATH()")) {
        path.next();
        return Path.of(path.getString(1));
      }
    }
  }
}
