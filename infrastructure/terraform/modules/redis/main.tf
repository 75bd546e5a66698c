# The queue: streams that must never be evicted, so noeviction; TLS and a token; isolated; a replica that takes over. It is a hint, the
# database is the truth: losing it costs a requeue and no job (docs/ARCHITECTURE.md, docs/runbook.md).

resource "aws_kms_key" "this" {
  description             = "${var.name} queue: storage, snapshots, token"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Account", Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = "arn:aws:iam::${var.account_id}:root" } },
      {
        Sid       = "Logs"
        Effect    = "Allow"
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource  = "*"
        Principal = { Service = "logs.${var.region}.amazonaws.com" }
        Condition = { ArnEquals = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:${var.region}:${var.account_id}:log-group:/ode/${var.name}/redis" } }
      },
    ]
  })
}

# The token passes through Terraform without resting in its state: ephemeral as a variable, write-only in both places.
resource "aws_secretsmanager_secret" "token" {
  name                    = "${var.name}/redis"
  description             = "Token of the queue; rotated by auth_token_version"
  kms_key_id              = aws_kms_key.this.arn
  recovery_window_in_days = var.secret_recovery_days
}

resource "aws_secretsmanager_secret_version" "token" {
  secret_id = aws_secretsmanager_secret.token.id
  secret_string_wo = jsonencode({
    password = var.auth_token
    url      = "rediss://:${urlencode(var.auth_token)}@${aws_elasticache_replication_group.this.primary_endpoint_address}:6379/0"
  })
  secret_string_wo_version = var.auth_token_version
}

resource "aws_elasticache_subnet_group" "this" {
  name       = var.name
  subnet_ids = var.subnet_ids
}

resource "aws_security_group" "this" {
  name        = "${var.name}-redis"
  description = "Queue: in from the cluster, out to nowhere"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-redis" }
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each = var.client_security_group_ids

  security_group_id            = aws_security_group.this.id
  description                  = "Redis from ${each.key}"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
}

resource "aws_elasticache_parameter_group" "this" {
  name        = "${var.name}-${var.engine.name}${split(".", var.engine.version)[0]}"
  family      = "${var.engine.name}${split(".", var.engine.version)[0]}"
  description = "A queue that never forgets by itself"

  # A full queue refuses new jobs, which the API answers with 503; evicting would lose accepted ones.
  parameter {
    name  = "maxmemory-policy"
    value = "noeviction"
  }
  parameter {
    name  = "timeout"
    value = "300"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/ode/${var.name}/redis"
  retention_in_days = 30
  kms_key_id        = aws_kms_key.this.arn
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = var.name
  description          = "${var.name} job queue"
  engine               = var.engine.name
  engine_version       = var.engine.version
  node_type            = var.node_type
  num_cache_clusters   = var.nodes
  parameter_group_name = aws_elasticache_parameter_group.this.name
  port                 = 6379

  automatic_failover_enabled = var.nodes > 1
  multi_az_enabled           = var.nodes > 1

  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.this.arn
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  auth_token_wo              = var.auth_token
  auth_token_wo_version      = var.auth_token_version
  auth_token_update_strategy = "ROTATE"

  subnet_group_name  = aws_elasticache_subnet_group.this.name
  security_group_ids = [aws_security_group.this.id]

  snapshot_retention_limit   = var.snapshot_retention_days
  snapshot_window            = "03:00-04:00"
  maintenance_window         = "sun:05:30-sun:06:30"
  auto_minor_version_upgrade = true
  notification_topic_arn     = var.alarm_topic_arn

  log_delivery_configuration {
    destination      = aws_cloudwatch_log_group.this.name
    destination_type = "cloudwatch-logs"
    log_format       = "json"
    log_type         = "slow-log"
  }
}

locals {
  alarms = {
    memory      = { metric = "DatabaseMemoryUsagePercentage", threshold = 75, text = "memory above 75 %: with noeviction, writes fail at 100 %" }
    cpu         = { metric = "EngineCPUUtilization", threshold = 80, text = "engine CPU above 80 %" }
    lag         = { metric = "ReplicationLag", threshold = 10, text = "replica is more than 10 s behind" }
    connections = { metric = "CurrConnections", threshold = 5000, text = "more than 5000 connections" }
  }
  # Members are named after the group: ode-staging-001, -002.
  members = [for index in range(var.nodes) : format("%s-%03d", var.name, index + 1)]
  member_alarms = merge([
    for member in local.members : { for key, alarm in local.alarms : "${member}-${key}" => merge(alarm, { member = member }) }
  ]...)
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.member_alarms

  alarm_name          = "${each.key}-redis"
  alarm_description   = "Queue ${each.value.member}: ${each.value.text}. See docs/runbook.md, Redis."
  namespace           = "AWS/ElastiCache"
  metric_name         = each.value.metric
  dimensions          = { CacheClusterId = each.value.member }
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  period              = 300
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
  ok_actions          = [var.alarm_topic_arn]
}
