# A password that Secrets Manager makes for one run: it reaches write-only arguments and rests in no plan and no state.

variable "length" {
  description = "Characters: letters and digits."
  type        = number
  default     = 64

  validation {
    condition     = var.length >= 32 && var.length <= 128
    error_message = "length is 32 to 128."
  }
}

ephemeral "aws_secretsmanager_random_password" "this" {
  password_length     = var.length
  exclude_punctuation = true
}

output "value" {
  description = "The password, for write-only arguments only."
  value       = ephemeral.aws_secretsmanager_random_password.this.random_password
  ephemeral   = true
}
