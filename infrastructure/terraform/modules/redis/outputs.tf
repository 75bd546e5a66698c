output "endpoint" {
  description = "host:port of the primary; the name moves with a failover."
  value       = "${aws_elasticache_replication_group.this.primary_endpoint_address}:6379"
}

output "address" {
  description = "Host name of the primary."
  value       = aws_elasticache_replication_group.this.primary_endpoint_address
}

output "secret_arn" {
  description = "The secret with the token."
  value       = aws_secretsmanager_secret.token.arn
}

output "kms_key_arn" {
  description = "The key of storage and secret."
  value       = aws_kms_key.this.arn
}

output "security_group_id" {
  description = "The queue's security group."
  value       = aws_security_group.this.id
}
