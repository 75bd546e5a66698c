mock_provider "aws" {
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:us-east-1:123456789012:key/mock" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mock" }
  }
  mock_resource "aws_db_instance" {
    defaults = {
      arn                = "arn:aws:rds:us-east-1:123456789012:db:ode-test"
      master_user_secret = [{ secret_arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds", kms_key_id = "k", secret_status = "active" }]
    }
  }
}

variables {
  name                      = "ode-test"
  account_id                = "123456789012"
  region                    = "us-east-1"
  vpc_id                    = "vpc-1"
  subnet_ids                = ["subnet-a", "subnet-b", "subnet-c"]
  client_security_group_ids = { cluster = "sg-cluster" }
  multi_az                  = true
  backup_retention_days     = 35
  alarm_topic_arn           = "arn:aws:sns:us-east-1:123456789012:alarms"
}

run "is_private" {
  command = apply

  assert {
    condition     = !aws_db_instance.this.publicly_accessible && aws_db_instance.this.db_subnet_group_name == aws_db_subnet_group.this.name
    error_message = "no public address"
  }
  assert {
    condition     = tolist(aws_db_instance.this.vpc_security_group_ids) == tolist([aws_security_group.this.id]) && length(aws_security_group.this.ingress) == 0
    error_message = "its own group, without inline rules"
  }
  assert {
    condition = alltrue([
      for r in aws_vpc_security_group_ingress_rule.clients :
      r.from_port == 5432 && r.to_port == 5432 && r.ip_protocol == "tcp" && r.cidr_ipv4 == null && r.cidr_ipv6 == null && r.referenced_security_group_id == "sg-cluster"
    ])
    error_message = "5432 from the cluster's group only"
  }
}

run "is_encrypted" {
  command = apply

  assert {
    condition     = aws_db_instance.this.storage_encrypted && aws_db_instance.this.kms_key_id == aws_kms_key.this.arn && aws_kms_key.this.enable_key_rotation
    error_message = "storage is under our key, which rotates"
  }
  assert {
    condition     = contains([for p in aws_db_parameter_group.this.parameter : "${p.name}=${p.value}"], "rds.force_ssl=1") && aws_db_instance.this.parameter_group_name == aws_db_parameter_group.this.name
    error_message = "TLS is forced"
  }
  assert {
    condition     = aws_db_instance.this.manage_master_user_password && aws_db_instance.this.password == null && aws_db_instance.this.master_user_secret_kms_key_id == aws_kms_key.this.arn
    error_message = "RDS makes and rotates the password; none is in the state"
  }
  assert {
    condition     = aws_db_instance.this.performance_insights_enabled && aws_db_instance.this.performance_insights_kms_key_id == aws_kms_key.this.arn
    error_message = "insights are on and encrypted"
  }
  assert {
    condition     = aws_db_instance.this.iam_database_authentication_enabled
    error_message = "workloads may sign in with IAM tokens"
  }
}

run "survives_and_is_watched" {
  command = apply

  assert {
    condition     = aws_db_instance.this.multi_az && aws_db_instance.this.backup_retention_period == 35 && aws_db_instance.this.tags["Backup"] == "every-4-hours"
    error_message = "standby, point-in-time recovery and AWS Backup"
  }
  assert {
    condition     = aws_db_instance.this.deletion_protection && !aws_db_instance.this.skip_final_snapshot && aws_db_instance.this.final_snapshot_identifier == "ode-test-final" && !aws_db_instance.this.delete_automated_backups
    error_message = "by default deletion is refused and a snapshot kept"
  }
  assert {
    condition     = aws_db_instance.this.monitoring_interval == 60 && aws_db_instance.this.monitoring_role_arn == aws_iam_role.monitoring.arn
    error_message = "enhanced monitoring"
  }
  assert {
    condition     = aws_db_instance.this.allocated_storage == 20 && aws_db_instance.this.max_allocated_storage == 100
    error_message = "20 GB, growing to 100"
  }
  assert {
    condition     = toset(keys(aws_cloudwatch_metric_alarm.this)) == toset(["cpu", "credits", "memory", "storage", "connections", "latency", "transaction"]) && alltrue([for a in aws_cloudwatch_metric_alarm.this : one(a.alarm_actions) == var.alarm_topic_arn])
    error_message = "each alarm tells somebody"
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["storage"].threshold == 4294967296 && aws_cloudwatch_metric_alarm.this["storage"].comparison_operator == "LessThanThreshold"
    error_message = "low storage alarms when it is low"
  }
  assert {
    condition     = contains(aws_db_event_subscription.this.event_categories, "failover")
    error_message = "a failover is announced"
  }
  assert {
    condition     = alltrue([for g in aws_cloudwatch_log_group.this : g.retention_in_days == 90 && g.kms_key_id == aws_kms_key.this.arn]) && contains(aws_db_instance.this.enabled_cloudwatch_logs_exports, "postgresql")
    error_message = "logs are exported and forgotten in time"
  }
  assert {
    condition     = length(aws_db_instance_automated_backups_replication.this) == 0
    error_message = "no copy in another region unless asked for"
  }
}

run "copies_backups_to_another_region" {
  command = apply
  variables {
    replica_region = "us-west-2"
  }
  assert {
    condition     = aws_db_instance_automated_backups_replication.this[0].region == "us-west-2" && aws_db_instance_automated_backups_replication.this[0].kms_key_id == aws_kms_key.replica[0].arn && aws_kms_key.replica[0].region == "us-west-2" && aws_kms_key.replica[0].enable_key_rotation
    error_message = "the copy is in the other region, under a key of that region"
  }
}

run "throwaway_environment" {
  command = plan
  variables {
    deletion_protection   = false
    multi_az              = false
    backup_retention_days = 7
  }
  assert {
    condition     = !aws_db_instance.this.deletion_protection && aws_db_instance.this.skip_final_snapshot && aws_db_instance.this.delete_automated_backups
    error_message = "it is destroyed without hands"
  }
}

run "refuses" {
  command = plan
  variables {
    name                  = "X"
    account_id            = "1"
    subnet_ids            = ["subnet-a"]
    engine_version        = "15.4"
    instance_class        = "t4g.medium"
    storage_gb            = { initial = 10, max = 100 }
    backup_retention_days = 1
    insights              = "none"
  }
  expect_failures = [var.name, var.account_id, var.subnet_ids, var.engine_version, var.instance_class, var.storage_gb, var.backup_retention_days, var.insights]
}
