# What the database tells of itself before it stops. Each alarm has its section in docs/runbook.md.

locals {
  alarms = {
    cpu         = { metric = "CPUUtilization", operator = "GreaterThanThreshold", threshold = 80, statistic = "Average", text = "CPU above 80 % for 15 minutes" }
    credits     = { metric = "CPUCreditBalance", operator = "LessThanThreshold", threshold = 50, statistic = "Minimum", text = "fewer than 50 CPU credits left" }
    memory      = { metric = "FreeableMemory", operator = "LessThanThreshold", threshold = 256 * 1024 * 1024, statistic = "Minimum", text = "less than 256 MB of memory free" }
    storage     = { metric = "FreeStorageSpace", operator = "LessThanThreshold", threshold = 4 * 1024 * 1024 * 1024, statistic = "Minimum", text = "less than 4 GB of storage free" }
    connections = { metric = "DatabaseConnections", operator = "GreaterThanThreshold", threshold = 300, statistic = "Maximum", text = "more than 300 connections" }
    latency     = { metric = "WriteLatency", operator = "GreaterThanThreshold", threshold = 0.05, statistic = "Average", text = "writes take over 50 ms" }
    transaction = { metric = "MaximumUsedTransactionIDs", operator = "GreaterThanThreshold", threshold = 1000000000, statistic = "Maximum", text = "half of the transaction ids are used up" }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.name}-rds-${each.key}"
  alarm_description   = "PostgreSQL ${var.name}: ${each.value.text}. See docs/runbook.md, Database."
  namespace           = "AWS/RDS"
  metric_name         = each.value.metric
  dimensions          = { DBInstanceIdentifier = aws_db_instance.this.identifier }
  statistic           = each.value.statistic
  comparison_operator = each.value.operator
  threshold           = each.value.threshold
  period              = 300
  evaluation_periods  = 3
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alarm_topic_arn]
  ok_actions          = [var.alarm_topic_arn]
}

resource "aws_db_event_subscription" "this" {
  name             = "${var.name}-rds"
  sns_topic        = var.alarm_topic_arn
  source_type      = "db-instance"
  source_ids       = [aws_db_instance.this.identifier]
  event_categories = ["availability", "failover", "failure", "low storage", "maintenance", "recovery"]
}
