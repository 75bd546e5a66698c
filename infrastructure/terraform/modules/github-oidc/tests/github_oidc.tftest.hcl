mock_provider "aws" {}

variables {
  name                = "ode-test"
  account_id          = "123456789012"
  region              = "us-east-1"
  repository          = "example/ode"
  github_environment  = "staging"
  provider_arn        = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
  ecr_repository_arns = ["arn:aws:ecr:us-east-1:123456789012:repository/ode-api"]
  assets_bucket_arn   = "arn:aws:s3:::assets"
  assets_kms_key_arn  = "arn:aws:kms:us-east-1:123456789012:key/s3"
  releases_store_arn  = "arn:aws:cloudfront::123456789012:key-value-store/1"
}

run "trust" {
  command = plan

  assert {
    condition     = length(jsondecode(aws_iam_role.deploy.assume_role_policy).Statement) == 1 && jsondecode(aws_iam_role.deploy.assume_role_policy).Statement[0].Principal.Federated == var.provider_arn
    error_message = "only GitHub's tokens are exchanged"
  }
  assert {
    condition     = jsondecode(aws_iam_role.deploy.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == "repo:example/ode:environment:staging"
    error_message = "only this repository and this environment"
  }
  assert {
    condition     = jsondecode(aws_iam_role.deploy.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:aud"] == "sts.amazonaws.com" && !can(jsondecode(aws_iam_role.deploy.assume_role_policy).Statement[0].Condition.StringLike)
    error_message = "the audience is AWS; nothing matches by pattern"
  }
  assert {
    condition     = aws_iam_role.deploy.max_session_duration == 3600
    error_message = "an hour at most"
  }
}

run "rights" {
  command = plan

  assert {
    condition     = alltrue([for s in jsondecode(aws_iam_role_policy.deploy.policy).Statement : s.Sid == "Login" || !contains(flatten([s.Resource]), "*")])
    error_message = "but for the login, everything names its resources"
  }
  assert {
    condition     = alltrue(flatten([for s in jsondecode(aws_iam_role_policy.deploy.policy).Statement : [for a in s.Action : !strcontains(a, "*") && !strcontains(a, "Delete") && !startswith(a, "iam:") && !startswith(a, "eks:")]]))
    error_message = "no wildcards, no deletion, no roles, no cluster"
  }
}

run "refuses" {
  command = plan
  variables {
    name               = "X"
    account_id         = "1"
    repository         = "example/*"
    github_environment = "*"
    provider_arn       = "arn:aws:iam::123456789012:oidc-provider/evil.example.org"
  }
  expect_failures = [var.name, var.account_id, var.repository, var.github_environment, var.provider_arn]
}
