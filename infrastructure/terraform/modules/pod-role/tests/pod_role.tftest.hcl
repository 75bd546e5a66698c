mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mock" }
  }
}

variables {
  cluster_name    = "ode-test"
  account_id      = "123456789012"
  namespace       = "ode"
  service_account = "ode-api"
  policy          = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\"],\"Resource\":[\"arn:aws:s3:::documents/*\"]}]}"
}

run "one_service_account" {
  command = apply

  assert {
    condition     = aws_eks_pod_identity_association.this.namespace == "ode" && aws_eks_pod_identity_association.this.service_account == "ode-api" && aws_eks_pod_identity_association.this.role_arn == aws_iam_role.this.arn && aws_eks_pod_identity_association.this.cluster_name == "ode-test"
    error_message = "the role is for this service account"
  }
  assert {
    condition     = jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Principal.Service == "pods.eks.amazonaws.com" && jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "123456789012"
    error_message = "only Pod Identity of this account takes it"
  }
  assert {
    condition     = aws_iam_role_policy.this.policy == var.policy
    error_message = "the rights are those given"
  }
}

run "refuses_everything_on_everything" {
  command = plan
  variables {
    account_id = "1"
    policy     = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}"
  }
  expect_failures = [var.account_id, var.policy]
}
