mock_provider "aws" {
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:us-east-1:123456789012:key/mock" }
  }
}

variables {
  name       = "ode-test"
  account_id = "123456789012"
  region     = "us-east-1"
}

run "promises" {
  command = apply

  assert {
    condition     = alltrue([for name in ["ode-api", "ode-worker", "ode-core"] : contains(keys(aws_ecr_repository.this), name)])
    error_message = "ODE's three images have their repositories"
  }
  assert {
    condition = alltrue([
      for r in aws_ecr_repository.this : r.image_tag_mutability == "IMMUTABLE_WITH_EXCLUSION" && one(r.image_tag_mutability_exclusion_filter).filter == "latest"
    ])
    error_message = "only latest may move"
  }
  assert {
    condition     = alltrue([for r in aws_ecr_repository.this : r.image_scanning_configuration[0].scan_on_push])
    error_message = "pushes are scanned"
  }
  assert {
    condition     = alltrue([for r in aws_ecr_repository.this : r.encryption_configuration[0].encryption_type == "KMS" && r.encryption_configuration[0].kms_key == aws_kms_key.this.arn]) && aws_kms_key.this.enable_key_rotation
    error_message = "images are under our key"
  }
  assert {
    condition = alltrue([
      for p in aws_ecr_lifecycle_policy.this : jsondecode(p.policy).rules[0].selection.tagStatus == "untagged" && jsondecode(p.policy).rules[1].selection.countNumber == 30
    ])
    error_message = "thirty images stay, untagged ones go"
  }
  assert {
    condition     = length(aws_ecr_replication_configuration.this) == 0 && alltrue([for r in aws_ecr_repository.this : !r.force_delete])
    error_message = "no copies and no destruction unless asked for"
  }
}

run "copies" {
  command = plan
  variables {
    replica_region = "us-west-2"
  }
  assert {
    condition     = aws_ecr_replication_configuration.this[0].replication_configuration[0].rule[0].destination[0].region == "us-west-2"
    error_message = "images are copied to the other region"
  }
}

run "refuses" {
  command = plan
  variables {
    name        = "X"
    account_id  = "1"
    keep_images = 2
  }
  expect_failures = [var.name, var.account_id, var.keep_images]
}
