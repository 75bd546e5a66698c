# Secrets that are neither the database's nor the queue's, under one key. Values pass through Terraform without resting in its state.

resource "aws_kms_key" "this" {
  description             = "${var.name} secrets"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Account", Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = "arn:aws:iam::${var.account_id}:root" } },
    ]
  })
}

resource "aws_secretsmanager_secret" "generated" {
  for_each = var.generated

  name                    = "${var.name}/${each.key}"
  description             = each.value
  kms_key_id              = aws_kms_key.this.arn
  recovery_window_in_days = var.recovery_days
}

resource "aws_secretsmanager_secret_version" "generated" {
  for_each = var.generated

  secret_id                = aws_secretsmanager_secret.generated[each.key].id
  secret_string_wo         = jsonencode({ value = var.generated_values[each.key] })
  secret_string_wo_version = lookup(var.versions, each.key, 1)
}

resource "aws_secretsmanager_secret" "provided" {
  for_each = var.provided

  name                    = "${var.name}/${each.key}"
  description             = each.value
  kms_key_id              = aws_kms_key.this.arn
  recovery_window_in_days = var.recovery_days
}
