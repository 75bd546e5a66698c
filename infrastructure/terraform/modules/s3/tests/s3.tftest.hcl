mock_provider "aws" {
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:us-east-1:123456789012:key/mock" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mock" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::mock" }
  }
}

variables {
  name       = "ode-test"
  account_id = "123456789012"
  region     = "us-east-1"
}

run "every_bucket" {
  command = apply

  assert {
    condition     = toset(keys(aws_s3_bucket.this)) == toset(["documents", "exports", "fonts", "assets", "backups", "logs"]) && aws_s3_bucket.this["documents"].bucket == "ode-test-documents-123456789012"
    error_message = "six buckets"
  }
  assert {
    condition     = toset(keys(aws_s3_bucket_public_access_block.this)) == toset(keys(aws_s3_bucket.this)) && alltrue([for b in aws_s3_bucket_public_access_block.this : b.block_public_acls && b.block_public_policy && b.ignore_public_acls && b.restrict_public_buckets])
    error_message = "public access is blocked four times over"
  }
  assert {
    condition     = toset(keys(aws_s3_bucket_versioning.this)) == toset(keys(aws_s3_bucket.this)) && alltrue([for b in aws_s3_bucket_versioning.this : b.versioning_configuration[0].status == "Enabled"])
    error_message = "every bucket keeps versions"
  }
  assert {
    condition     = alltrue([for b in aws_s3_bucket_ownership_controls.this : b.rule[0].object_ownership == "BucketOwnerEnforced"])
    error_message = "no access lists"
  }
  assert {
    condition = alltrue([
      for kind in ["documents", "exports", "fonts", "assets", "backups"] :
      one(aws_s3_bucket_server_side_encryption_configuration.keyed[kind].rule).apply_server_side_encryption_by_default[0].sse_algorithm == "aws:kms" &&
      one(aws_s3_bucket_server_side_encryption_configuration.keyed[kind].rule).apply_server_side_encryption_by_default[0].kms_master_key_id == aws_kms_key.this.arn
    ])
    error_message = "data is under our key"
  }
  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.logs.rule).apply_server_side_encryption_by_default[0].sse_algorithm == "AES256"
    error_message = "logs are encrypted as log delivery can"
  }
  assert {
    condition     = alltrue([for kind, b in aws_s3_bucket_logging.this : b.target_bucket == aws_s3_bucket.this["logs"].id]) && length(aws_s3_bucket_logging.this) == 5
    error_message = "access to data is logged"
  }
  assert {
    condition = toset(keys(aws_s3_bucket_policy.this)) == toset(keys(aws_s3_bucket.this)) && alltrue([
      for p in aws_s3_bucket_policy.this : anytrue([for s in jsondecode(p.policy).Statement : s.Effect == "Deny" && s.Action == "s3:*" && s.Principal == "*" && try(s.Condition.Bool["aws:SecureTransport"], "") == "false" && length(s.Resource) == 2])
    ])
    error_message = "every bucket refuses plain HTTP"
  }
  assert {
    condition = alltrue(flatten([
      for p in aws_s3_bucket_policy.this : [for s in jsondecode(p.policy).Statement : s.Effect == "Deny" || (s.Principal != "*" && can(s.Condition.StringEquals["aws:SourceAccount"]))]
    ]))
    error_message = "whoever else is admitted is a service acting for this account"
  }
  assert {
    condition     = aws_kms_key.this.enable_key_rotation && alltrue([for b in aws_s3_bucket.this : !b.force_destroy])
    error_message = "keys rotate; full buckets are not destroyed"
  }
}

run "lifetimes" {
  command = plan

  assert {
    condition     = anytrue([for r in aws_s3_bucket_lifecycle_configuration.this["documents"].rule : try(one(r.transition).days == 30 && one(r.transition).storage_class == "GLACIER_IR", false)])
    error_message = "documents move to Glacier Instant Retrieval after 30 days"
  }
  assert {
    condition     = anytrue([for r in aws_s3_bucket_lifecycle_configuration.this["exports"].rule : try(r.expiration[0].days, 0) == 7])
    error_message = "exports expire after 7 days"
  }
  assert {
    condition     = alltrue([for kind in ["documents", "fonts", "assets"] : alltrue([for r in aws_s3_bucket_lifecycle_configuration.this[kind].rule : !try(r.expiration[0].days > 0, false)])])
    error_message = "documents, fonts and assets do not expire"
  }
  assert {
    condition     = alltrue([for b in aws_s3_bucket_lifecycle_configuration.this : anytrue([for r in b.rule : try(r.abort_incomplete_multipart_upload[0].days_after_initiation, 0) == 2]) && anytrue([for r in b.rule : try(r.noncurrent_version_expiration[0].noncurrent_days, 0) > 0])])
    error_message = "unfinished uploads and old versions go"
  }
  assert {
    condition     = length(aws_s3_bucket.copy) == 0 && length(aws_s3_bucket_cors_configuration.documents) == 0
    error_message = "no copies and no uploads from the web unless asked for"
  }
}

run "copies_in_another_region" {
  command = apply
  variables {
    replica_region = "us-west-2"
    upload_origins = ["https://ode.example.org"]
  }

  assert {
    condition     = toset(keys(aws_s3_bucket_replication_configuration.this)) == toset(["documents", "fonts", "backups"]) && alltrue([for b in aws_s3_bucket.copy : b.region == "us-west-2"])
    error_message = "what cannot be made again is copied"
  }
  assert {
    condition     = alltrue([for r in aws_s3_bucket_replication_configuration.this : r.rule[0].status == "Enabled" && r.rule[0].destination[0].encryption_configuration[0].replica_kms_key_id == aws_kms_key.copy[0].arn && r.rule[0].source_selection_criteria[0].sse_kms_encrypted_objects[0].status == "Enabled"])
    error_message = "encrypted objects are copied, encrypted again"
  }
  assert {
    condition     = alltrue([for b in aws_s3_bucket_public_access_block.copy : b.block_public_acls && b.block_public_policy && b.ignore_public_acls && b.restrict_public_buckets]) && alltrue([for p in aws_s3_bucket_policy.copy : strcontains(p.policy, "aws:SecureTransport")]) && alltrue([for v in aws_s3_bucket_versioning.copy : v.versioning_configuration[0].status == "Enabled"])
    error_message = "copies are as private as the originals"
  }
  assert {
    condition     = alltrue([for e in aws_s3_bucket_server_side_encryption_configuration.copy : one(e.rule).apply_server_side_encryption_by_default[0].kms_master_key_id == aws_kms_key.copy[0].arn]) && aws_kms_key.copy[0].enable_key_rotation
    error_message = "copies are under a key of their region"
  }
  assert {
    condition     = one(one(aws_s3_bucket_cors_configuration.documents[0].cors_rule).allowed_origins) == "https://ode.example.org"
    error_message = "the page may upload"
  }
}

run "refuses" {
  command = plan
  variables {
    name           = "X"
    account_id     = "1"
    upload_origins = ["*"]
  }
  expect_failures = [var.name, var.account_id, var.upload_origins]
}
