output "cluster_name" {
  description = "The cluster, for `aws eks update-kubeconfig`."
  value       = module.eks.cluster_name
}

output "cluster_arn" {
  description = "The cluster's ARN."
  value       = module.eks.cluster_arn
}

output "db_endpoint" {
  description = "host:port of PostgreSQL."
  value       = module.rds.endpoint
}

output "redis_endpoint" {
  description = "host:port of the queue."
  value       = module.redis.endpoint
}

output "buckets" {
  description = "Bucket names by kind."
  value       = module.s3.names
}

output "cdn_domain" {
  description = "The name the world knows."
  value       = var.domain
}

output "deploy_role_arn" {
  description = "Role of the pipeline."
  value       = module.github.deploy_role_arn
}

output "releases_store_arn" {
  description = "Where cdn/publish switches releases."
  value       = module.cdn.releases_store_arn
}

output "backup_vault" {
  description = "Vault for restores."
  value       = module.backup.vault_name
}

# infrastructure/scripts/configure.sh writes these into k8s/overlays/<environment>/cluster.env.
output "cluster_settings" {
  description = "What the manifests must know of the account."
  value = {
    ACCOUNT_ID             = local.account_id
    REGION                 = local.region
    CLUSTER_NAME           = module.eks.cluster_name
    DOMAIN                 = var.domain
    ORIGIN_DOMAIN          = module.dns.origin_domain
    ORIGIN_CERTIFICATE_ARN = module.dns.origin_certificate_arn
    ORIGIN_WEB_ACL_ARN     = module.waf_origin.arn
    ALB_SECURITY_GROUP     = aws_security_group.load_balancer.id
    VPC_ID                 = module.vpc.vpc_id
    VPC_CIDR               = module.vpc.cidr
    SIGNER                 = "^https://github\\.com/${replace(var.repository, ".", "\\.")}/\\.github/workflows/cd\\.yml@refs/heads/main$"
    LOAD_BALANCER_ATTRIBUTES = join(",", [
      "access_logs.s3.enabled=true", "access_logs.s3.bucket=${module.s3.names["logs"]}", "access_logs.s3.prefix=alb",
      "idle_timeout.timeout_seconds=130", "routing.http.drop_invalid_header_fields.enabled=true",
    ])
    DATABASE_SECRET  = module.rds.master_secret_arn
    DOCUMENTS_BUCKET = module.s3.names["documents"]
    EXPORTS_BUCKET   = module.s3.names["exports"]
    FONTS_BUCKET     = module.s3.names["fonts"]
    BACKUPS_BUCKET   = module.s3.names["backups"]
    LOGS_BUCKET      = module.s3.names["logs"]
    NODE_ROLE        = module.eks.node_role_name
  }
}
