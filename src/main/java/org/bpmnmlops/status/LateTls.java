package org.bpmnmlops.status;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import org.apache.http.HttpHost;
import org.apache.http.conn.socket.LayeredConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.protocol.HttpContext;

/**
 * The client's TLS, set up by the first call that needs it: reading the certificates of the JVM
 * would otherwise be a part of every start, and most calls go to this machine without TLS.
 */
final class LateTls implements LayeredConnectionSocketFactory {

  private static final class Standard {
    private static final LayeredConnectionSocketFactory FACTORY =
        SSLConnectionSocketFactory.getSystemSocketFactory();
  }

  @Override
  public Socket createSocket(HttpContext context) throws IOException {
    return Standard.FACTORY.createSocket(context);
  }

  @Override
  public Socket connectSocket(
      int timeoutMillis,
      Socket socket,
      HttpHost host,
      InetSocketAddress remote,
      InetSocketAddress local,
      HttpContext context)
      throws IOException {
    return Standard.FACTORY.connectSocket(timeoutMillis, socket, host, remote, local, context);
  }

  @Override
  public Socket createLayeredSocket(Socket socket, String target, int port, HttpContext context)
      throws IOException, UnknownHostException {
    return Standard.FACTORY.createLayeredSocket(socket, target, port, context);
  }
}
