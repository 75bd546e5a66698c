# One environment, whole: network, cluster, data, edge, names, secrets, backups, alarms, budget.

data "aws_caller_identity" "this" {}

data "aws_region" "this" {}

data "aws_availability_zones" "this" {
  state = "available"

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

locals {
  name       = "ode-${var.environment}"
  account_id = data.aws_caller_identity.this.account_id
  region     = data.aws_region.this.region
  # Developers write in dev and read elsewhere; readers read.
  access = merge(
    { for who, arn in var.people : who => { principal_arn = arn, policy = "AmazonEKSClusterAdminPolicy" } if who == "admin" },
    { for who, arn in var.people : who => { principal_arn = arn, policy = var.environment == "dev" ? "AmazonEKSEditPolicy" : "AmazonEKSViewPolicy", namespaces = ["ode"], groups = ["ode:developers"] } if who == "developer" },
    { for who, arn in var.people : who => { principal_arn = arn, policy = "AmazonEKSViewPolicy", namespaces = ["ode", "monitoring"], groups = ["ode:readers"] } if who == "reader" },
  )
  generated = {
    webhook   = "signs webhooks (Standard Webhooks)"
    grafana   = "Grafana's administrator"
    bootstrap = "the API key that makes the others"
  }
  provided = {
    alertmanager = "JSON with pagerduty_key, slack_url and heartbeat_url, put in once by an operator"
  }
  secret_recovery_days = var.settings.deletion_protection ? 30 : 0
}

module "vpc" {
  source = "../vpc"

  name                    = local.name
  cidr                    = var.settings.cidr
  availability_zones      = slice(data.aws_availability_zones.this.names, 0, 3)
  nat_gateways            = var.settings.nat_gateways
  region                  = local.region
  account_id              = local.account_id
  flow_log_retention_days = var.settings.log_days
}

module "eks" {
  source = "../eks"

  name                = local.name
  kubernetes_version  = var.kubernetes_version
  account_id          = local.account_id
  region              = local.region
  subnet_ids          = module.vpc.private_subnet_ids
  public_access_cidrs = var.public_access_cidrs
  log_retention_days  = var.settings.log_days
  system_nodes        = { count = var.settings.system_nodes }
  worker_nodes        = var.settings.worker_nodes
  night               = var.settings.night_nodes == null ? null : { nodes = var.settings.night_nodes }
  access              = local.access
  deletion_protection = var.settings.deletion_protection
}

module "rds" {
  source = "../rds"

  name                      = local.name
  account_id                = local.account_id
  region                    = local.region
  vpc_id                    = module.vpc.vpc_id
  subnet_ids                = module.vpc.isolated_subnet_ids
  client_security_group_ids = { cluster = module.eks.node_security_group_id }
  instance_class            = var.settings.database.class
  multi_az                  = var.settings.database.multi_az
  backup_retention_days     = var.settings.database.backup_days
  insights                  = var.settings.database.insights
  deletion_protection       = var.settings.deletion_protection
  replica_region            = var.settings.replica_region
  alarm_topic_arn           = module.monitoring.alarm_topic_arn
}

module "redis" {
  source = "../redis"

  name                      = local.name
  account_id                = local.account_id
  region                    = local.region
  vpc_id                    = module.vpc.vpc_id
  subnet_ids                = module.vpc.isolated_subnet_ids
  client_security_group_ids = { cluster = module.eks.node_security_group_id }
  node_type                 = var.settings.redis.type
  nodes                     = var.settings.redis.nodes
  auth_token                = var.passwords["redis"]
  auth_token_version        = lookup(var.secret_versions, "redis", 1)
  alarm_topic_arn           = module.monitoring.alarm_topic_arn
  secret_recovery_days      = local.secret_recovery_days
}

module "secrets" {
  source = "../secrets"

  name             = local.name
  account_id       = local.account_id
  region           = local.region
  generated        = local.generated
  generated_values = { for name in keys(local.generated) : name => var.passwords[name] }
  versions         = var.secret_versions
  provided         = local.provided
  recovery_days    = local.secret_recovery_days
}

module "s3" {
  source = "../s3"

  name           = local.name
  account_id     = local.account_id
  region         = local.region
  replica_region = var.settings.replica_region
  force_destroy  = !var.settings.deletion_protection
  upload_origins = ["https://${var.domain}"]
}

module "ecr" {
  source = "../ecr"
  # One registry serves all environments of an account; each environment here has an account of its own.

  name           = local.name
  account_id     = local.account_id
  region         = local.region
  replica_region = var.settings.replica_region
  force_destroy  = !var.settings.deletion_protection
}

module "backup" {
  source = "../backup"

  name            = local.name
  account_id      = local.account_id
  region          = local.region
  retention_days  = var.settings.backup_days
  copy_region     = var.settings.replica_region
  force_destroy   = !var.settings.deletion_protection
  alarm_topic_arn = module.monitoring.alarm_topic_arn
}

module "monitoring" {
  source = "../monitoring"

  name               = local.name
  account_id         = local.account_id
  region             = local.region
  emails             = var.emails
  logs_bucket        = module.s3.names["logs"]
  distribution_id    = module.cdn.distribution_id
  log_retention_days = var.settings.log_days

  depends_on = [module.s3]
}

module "cost" {
  source = "../cost"

  name               = local.name
  environment        = var.environment
  monthly_budget_usd = var.settings.budget_usd
  alarm_topic_arn    = module.monitoring.alarm_topic_arn
}

module "github" {
  source = "../github-oidc"

  name                = local.name
  account_id          = local.account_id
  region              = local.region
  repository          = var.repository
  github_environment  = var.environment
  provider_arn        = "arn:aws:iam::${local.account_id}:oidc-provider/token.actions.githubusercontent.com"
  ecr_repository_arns = values(module.ecr.repository_arns)
  assets_bucket_arn   = module.s3.arns["assets"]
  assets_kms_key_arn  = module.s3.kms_key_arn
  releases_store_arn  = module.cdn.releases_store_arn
}

# Where the database is: no secret, but read together with one, so that manifests need not know the host.
resource "aws_secretsmanager_secret" "database" {
  name                    = "${local.name}/database"
  description             = "Host of PostgreSQL; user and password are in RDS's own secret"
  kms_key_id              = module.secrets.kms_key_arn
  recovery_window_in_days = local.secret_recovery_days
}

resource "aws_secretsmanager_secret_version" "database" {
  secret_id     = aws_secretsmanager_secret.database.id
  secret_string = jsonencode({ host = module.rds.address })
}
