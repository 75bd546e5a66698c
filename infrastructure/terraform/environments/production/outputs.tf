output "cluster_name" {
  description = "The cluster, for `aws eks update-kubeconfig`."
  value       = module.platform.cluster_name
}

output "cluster_arn" {
  description = "The cluster's ARN."
  value       = module.platform.cluster_arn
}

output "db_endpoint" {
  description = "host:port of PostgreSQL."
  value       = module.platform.db_endpoint
}

output "redis_endpoint" {
  description = "host:port of the queue."
  value       = module.platform.redis_endpoint
}

output "buckets" {
  description = "Bucket names by kind."
  value       = module.platform.buckets
}

output "cdn_domain" {
  description = "The name the world knows."
  value       = module.platform.cdn_domain
}

output "deploy_role_arn" {
  description = "Role of the pipeline."
  value       = module.platform.deploy_role_arn
}

output "releases_store_arn" {
  description = "Where cdn/publish switches releases."
  value       = module.platform.releases_store_arn
}

output "backup_vault" {
  description = "Vault for restores."
  value       = module.platform.backup_vault
}

output "cluster_settings" {
  description = "What the manifests must know of the account."
  value       = module.platform.cluster_settings
}
