mock_provider "aws" {
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:us-east-1:123456789012:key/mock" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mock" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:us-east-1:123456789012:mock" }
  }
}

variables {
  name            = "ode-test"
  account_id      = "123456789012"
  region          = "us-east-1"
  emails          = ["ops@example.org"]
  logs_bucket     = "ode-test-logs"
  distribution_id = "E123"
}

run "promises" {
  command = apply

  assert {
    condition     = aws_cloudtrail.this.is_multi_region_trail && aws_cloudtrail.this.enable_log_file_validation && aws_cloudtrail.this.kms_key_id == aws_kms_key.this.arn && aws_cloudtrail.this.include_global_service_events && aws_cloudtrail.this.s3_bucket_name == "ode-test-logs"
    error_message = "every call in every region is kept, proven and encrypted"
  }
  assert {
    condition     = aws_sns_topic.alarms.kms_master_key_id == aws_kms_key.this.arn && aws_sns_topic.edge.kms_master_key_id == "alias/aws/sns" && aws_kms_key.this.enable_key_rotation
    error_message = "topics are encrypted"
  }
  assert {
    condition     = keys(aws_sns_topic_subscription.email) == ["ops@example.org"] && keys(aws_sns_topic_subscription.edge_email) == ["ops@example.org"]
    error_message = "somebody hears the alarms"
  }
  assert {
    condition     = jsondecode(aws_sns_topic_policy.alarms.policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "123456789012"
    error_message = "only services of this account publish"
  }
  assert {
    condition     = aws_cloudwatch_log_group.trail.retention_in_days == 90 && aws_cloudwatch_log_group.trail.kms_key_id == aws_kms_key.this.arn
    error_message = "the searchable trail is encrypted and forgotten in time"
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.edge_errors.region == "us-east-1" && aws_cloudwatch_metric_alarm.edge_errors.dimensions["DistributionId"] == "E123" && one(aws_cloudwatch_metric_alarm.edge_errors.alarm_actions) == aws_sns_topic.edge.arn
    error_message = "errors at the edge tell somebody"
  }
}

run "refuses" {
  command = plan
  variables {
    name       = "X"
    account_id = "1"
    emails     = []
  }
  expect_failures = [var.name, var.account_id, var.emails]
}
