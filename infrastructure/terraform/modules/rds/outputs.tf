output "endpoint" {
  description = "host:port of the primary; the name moves with a failover."
  value       = aws_db_instance.this.endpoint
}

output "address" {
  description = "Host name of the primary."
  value       = aws_db_instance.this.address
}

output "resource_id" {
  description = "The id that IAM database policies name."
  value       = aws_db_instance.this.resource_id
}

output "arn" {
  description = "The instance, for backups."
  value       = aws_db_instance.this.arn
}

output "master_secret_arn" {
  description = "The secret with user name and password that RDS rotates."
  value       = aws_db_instance.this.master_user_secret[0].secret_arn
}

output "kms_key_arn" {
  description = "The key of the storage and of the secret."
  value       = aws_kms_key.this.arn
}

output "security_group_id" {
  description = "The database's security group."
  value       = aws_security_group.this.id
}
