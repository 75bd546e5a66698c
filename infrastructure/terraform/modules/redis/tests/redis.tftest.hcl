mock_provider "aws" {
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:us-east-1:123456789012:key/mock" }
  }
}

variables {
  name                      = "ode-test"
  account_id                = "123456789012"
  region                    = "us-east-1"
  vpc_id                    = "vpc-1"
  subnet_ids                = ["subnet-a", "subnet-b", "subnet-c"]
  client_security_group_ids = { cluster = "sg-cluster" }
  auth_token                = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJ"
  alarm_topic_arn           = "arn:aws:sns:us-east-1:123456789012:alarms"
}

run "promises" {
  command = apply

  assert {
    condition     = contains([for p in aws_elasticache_parameter_group.this.parameter : "${p.name}=${p.value}"], "maxmemory-policy=noeviction") && aws_elasticache_replication_group.this.parameter_group_name == aws_elasticache_parameter_group.this.name
    error_message = "the queue never evicts"
  }
  assert {
    condition     = tobool(aws_elasticache_replication_group.this.at_rest_encryption_enabled) && aws_elasticache_replication_group.this.kms_key_id == aws_kms_key.this.arn && aws_kms_key.this.enable_key_rotation
    error_message = "storage is under our key, which rotates"
  }
  assert {
    condition     = aws_elasticache_replication_group.this.transit_encryption_enabled && aws_elasticache_replication_group.this.transit_encryption_mode == "required"
    error_message = "TLS only"
  }
  assert {
    condition     = aws_elasticache_replication_group.this.auth_token == null && aws_elasticache_replication_group.this.auth_token_wo_version == 1 && aws_secretsmanager_secret_version.token.secret_string == null
    error_message = "the token is set, write-only: it is in no state"
  }
  assert {
    condition     = aws_secretsmanager_secret.token.kms_key_id == aws_kms_key.this.arn
    error_message = "the secret is under our key"
  }
  assert {
    condition     = aws_elasticache_replication_group.this.automatic_failover_enabled && aws_elasticache_replication_group.this.multi_az_enabled && aws_elasticache_replication_group.this.num_cache_clusters == 2
    error_message = "a replica in another zone takes over"
  }
  assert {
    condition     = aws_elasticache_replication_group.this.subnet_group_name == aws_elasticache_subnet_group.this.name && one(aws_elasticache_replication_group.this.security_group_ids) == aws_security_group.this.id && length(aws_security_group.this.ingress) == 0
    error_message = "isolated, in its own group"
  }
  assert {
    condition     = alltrue([for r in aws_vpc_security_group_ingress_rule.clients : r.from_port == 6379 && r.to_port == 6379 && r.cidr_ipv4 == null && r.cidr_ipv6 == null && r.referenced_security_group_id == "sg-cluster"])
    error_message = "6379 from the cluster's group only"
  }
  assert {
    condition     = aws_elasticache_replication_group.this.engine == "valkey" && aws_elasticache_parameter_group.this.family == "valkey8" && aws_elasticache_replication_group.this.node_type == "cache.t4g.small"
    error_message = "Valkey 8 on t4g.small by default"
  }
  assert {
    condition     = length(aws_cloudwatch_metric_alarm.this) == 8 && aws_cloudwatch_metric_alarm.this["ode-test-001-memory"].threshold == 75 && alltrue([for a in aws_cloudwatch_metric_alarm.this : one(a.alarm_actions) == var.alarm_topic_arn])
    error_message = "each node is watched and its alarms tell somebody"
  }
  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 30 && aws_cloudwatch_log_group.this.kms_key_id == aws_kms_key.this.arn
    error_message = "slow log: encrypted, forgotten in time"
  }
}

run "redis_7_1_serves_too" {
  command = plan
  variables {
    engine = { name = "redis", version = "7.1" }
    nodes  = 1
  }
  assert {
    condition     = aws_elasticache_parameter_group.this.family == "redis7" && !aws_elasticache_replication_group.this.automatic_failover_enabled
    error_message = "redis7 family; one node has nowhere to fail over to"
  }
}

run "refuses" {
  command = plan
  variables {
    name       = "X"
    account_id = "1"
    subnet_ids = ["subnet-a"]
    engine     = { name = "redis", version = "6.2" }
    node_type  = "t4g.small"
    nodes      = 0
    auth_token = "short"
  }
  expect_failures = [var.name, var.account_id, var.subnet_ids, var.engine, var.node_type, var.nodes, var.auth_token]
}
