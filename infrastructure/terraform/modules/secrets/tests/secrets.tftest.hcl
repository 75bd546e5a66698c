mock_provider "aws" {
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:us-east-1:123456789012:key/mock" }
  }
}

variables {
  name             = "ode-test"
  account_id       = "123456789012"
  region           = "us-east-1"
  generated        = { webhook-key = "signs webhooks" }
  generated_values = { webhook-key = "0123456789abcdef0123456789abcdef" }
  provided         = { slack-url = "where alerts are posted" }
  versions         = { webhook-key = 3 }
}

run "promises" {
  command = apply

  assert {
    condition     = aws_secretsmanager_secret.generated["webhook-key"].name == "ode-test/webhook-key" && aws_secretsmanager_secret.generated["webhook-key"].kms_key_id == aws_kms_key.this.arn && aws_secretsmanager_secret.provided["slack-url"].kms_key_id == aws_kms_key.this.arn && aws_kms_key.this.enable_key_rotation
    error_message = "secrets are under our key, which rotates"
  }
  assert {
    condition     = aws_secretsmanager_secret_version.generated["webhook-key"].secret_string == null && aws_secretsmanager_secret_version.generated["webhook-key"].secret_string_wo_version == 3
    error_message = "values are write-only, and rotate by number"
  }
  assert {
    condition     = aws_secretsmanager_secret.generated["webhook-key"].recovery_window_in_days == 30
    error_message = "a secret deleted by mistake comes back"
  }
}

run "refuses" {
  command = plan
  variables {
    name             = "X"
    account_id       = "1"
    generated        = { "Webhook Key" = "" }
    generated_values = { "Webhook Key" = "v" }
  }
  expect_failures = [var.name, var.account_id, var.generated]
}
