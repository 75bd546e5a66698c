# State in the bucket that bootstrap made: versioned, encrypted, locked by a file beside it. The bucket's name carries the account, so it
# is given at `terraform init -backend-config=bucket=ode-state-ACCOUNT` (infrastructure/README.md).
terraform {
  backend "s3" {
    key          = "ode/production.tfstate"
    region       = "us-east-1"
    encrypt      = true
    use_lockfile = true
  }
}
