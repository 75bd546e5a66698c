# The staging environment: its row of infrastructure/environments.yaml, and what only its operator knows.

locals {
  settings = yamldecode(file("${path.module}/../../../environments.yaml"))["staging"]
}

provider "aws" {
  region              = "us-east-1"
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = {
      Project     = "ode"
      Environment = "staging"
      ManagedBy   = "terraform"
      Repository  = var.repository
    }
  }
}

# Made anew in every run, written only where a version rises, and in no state.
module "password" {
  source   = "../../modules/random-password"
  for_each = toset(["redis", "webhook", "grafana", "bootstrap"])
}

module "platform" {
  source = "../../modules/platform"

  environment         = "staging"
  settings            = local.settings
  zone_name           = var.zone_name
  domain              = var.domain
  repository          = var.repository
  emails              = var.emails
  people              = var.people
  public_access_cidrs = var.public_access_cidrs
  kubernetes_version  = var.kubernetes_version
  secret_versions     = var.secret_versions
  passwords           = { for name, password in module.password : name => password.value }
}
