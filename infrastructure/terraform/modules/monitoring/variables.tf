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

variable "emails" {
  description = "Who is told of AWS's alarms; each confirms by a click. Prometheus' alerts go through Alertmanager."
  type        = list(string)

  validation {
    condition     = length(var.emails) > 0 && alltrue([for email in var.emails : can(regex("^[^@ ]+@[^@ ]+\\.[a-z]+$", email))])
    error_message = "emails has one address or more: an alarm nobody hears is none."
  }
}

variable "logs_bucket" {
  description = "Name of the bucket for the trail."
  type        = string
}

variable "distribution_id" {
  description = "The CloudFront distribution to watch."
  type        = string
}

variable "log_retention_days" {
  description = "How long the trail stays searchable, in days; the bucket keeps it for its own lifetime."
  type        = number
  default     = 90
}
