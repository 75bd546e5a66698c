variable "name" {
  description = "Prefix of every name, such as ode-staging."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,24}$", var.name))
    error_message = "name is 3 to 25 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "account_id" {
  description = "The AWS account, for key policies and bucket names."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id has twelve digits."
  }
}

variable "region" {
  description = "The region, for policies and names."
  type        = string
}

variable "retention_days" {
  description = "Days that backups are kept."
  type        = number
  default     = 90

  validation {
    condition     = var.retention_days >= 7
    error_message = "retention_days is 7 or more."
  }
}

variable "copy_region" {
  description = "Region that backups are copied to; empty for none."
  type        = string
  default     = ""
}

variable "force_destroy" {
  description = "Whether the vault is destroyed with its backups."
  type        = bool
  default     = false
}

variable "alarm_topic_arn" {
  description = "Where failed backups are announced."
  type        = string
}
