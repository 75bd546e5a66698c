mock_provider "aws" {
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:us-east-1:123456789012:key/mock" }
  }
  mock_resource "aws_backup_vault" {
    defaults = { arn = "arn:aws:backup:us-west-2:123456789012:backup-vault:mock" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mock" }
  }
}

variables {
  name            = "ode-test"
  account_id      = "123456789012"
  region          = "us-east-1"
  alarm_topic_arn = "arn:aws:sns:us-east-1:123456789012:alarms"
  copy_region     = "us-west-2"
}

run "promises" {
  command = apply

  assert {
    condition     = one(aws_backup_plan.this.rule).schedule == "cron(0 0/4 * * ? *)" && one(aws_backup_plan.this.rule).lifecycle[0].delete_after == 90
    error_message = "every four hours, kept ninety days"
  }
  assert {
    condition     = one(one(aws_backup_plan.this.rule).copy_action).lifecycle[0].delete_after == 90 && aws_backup_vault.copy[0].region == "us-west-2"
    error_message = "copied to the other region, kept as long"
  }
  assert {
    condition     = aws_backup_vault.this.kms_key_arn == aws_kms_key.this.arn && aws_kms_key.this.enable_key_rotation && aws_backup_vault.copy[0].kms_key_arn == aws_kms_key.copy[0].arn && aws_kms_key.copy[0].enable_key_rotation && !aws_backup_vault.this.force_destroy
    error_message = "under our keys, not destroyed with what is in them"
  }
  assert {
    condition     = one(aws_backup_selection.this.selection_tag).key == "Backup" && one(aws_backup_selection.this.selection_tag).value == "every-4-hours"
    error_message = "what carries the tag is backed up"
  }
  assert {
    condition     = contains(aws_backup_vault_notifications.this.backup_vault_events, "BACKUP_JOB_FAILED") && aws_backup_vault_notifications.this.sns_topic_arn == var.alarm_topic_arn
    error_message = "a failed backup tells somebody"
  }
}

run "refuses" {
  command = plan
  variables {
    name           = "X"
    account_id     = "1"
    retention_days = 1
  }
  expect_failures = [var.name, var.account_id, var.retention_days]
}
