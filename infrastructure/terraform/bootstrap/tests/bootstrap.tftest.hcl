mock_provider "aws" {
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:us-east-1:123456789012:key/mock" }
  }
}

variables {
  account_id = "123456789012"
}

run "state" {
  command = apply

  assert {
    condition     = aws_s3_bucket.state.bucket == "ode-state-123456789012" && aws_s3_bucket_versioning.state.versioning_configuration[0].status == "Enabled"
    error_message = "every state ever written can be had again"
  }
  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.state.rule).apply_server_side_encryption_by_default[0].kms_master_key_id == aws_kms_key.state.arn && aws_kms_key.state.enable_key_rotation
    error_message = "state is under our key, which rotates"
  }
  assert {
    condition     = aws_s3_bucket_public_access_block.state.block_public_acls && aws_s3_bucket_public_access_block.state.block_public_policy && aws_s3_bucket_public_access_block.state.ignore_public_acls && aws_s3_bucket_public_access_block.state.restrict_public_buckets && strcontains(aws_s3_bucket_policy.state.policy, "aws:SecureTransport")
    error_message = "state is private, over TLS only"
  }
  assert {
    condition     = aws_iam_openid_connect_provider.github.url == "https://token.actions.githubusercontent.com" && one(aws_iam_openid_connect_provider.github.client_id_list) == "sts.amazonaws.com"
    error_message = "GitHub's tokens for AWS are recognised"
  }
}

run "refuses" {
  command = plan
  variables {
    account_id = "1"
  }
  expect_failures = [var.account_id]
}
