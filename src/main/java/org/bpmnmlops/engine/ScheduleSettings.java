package org.bpmnmlops.engine;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When timers start pipelines.
 *
 * @param schedule cron expressions by name; {@code daily} is set with {@code MLOPS_SCHEDULE_DAILY}
 *     and so on
 */
@ConfigurationProperties("mlops")
record ScheduleSettings(@DefaultValue Map<String, String> schedule) {}
