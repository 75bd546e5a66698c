output "arns" {
  description = "Secret ARNs by name."
  value       = { for name, secret in merge(aws_secretsmanager_secret.generated, aws_secretsmanager_secret.provided) : name => secret.arn }
}

output "kms_key_arn" {
  description = "The key of the secrets."
  value       = aws_kms_key.this.arn
}
