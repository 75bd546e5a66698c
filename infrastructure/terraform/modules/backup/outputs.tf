output "vault_name" {
  description = "The vault, for restores (docs/runbook.md)."
  value       = aws_backup_vault.this.name
}

output "role_arn" {
  description = "The role that restores run under."
  value       = aws_iam_role.this.arn
}
