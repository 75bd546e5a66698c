variable "name" {
  description = "Prefix of every name, such as ode-staging."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,24}$", var.name))
    error_message = "name is 3 to 25 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "scope" {
  description = "CLOUDFRONT (lives in us-east-1) or REGIONAL (for the load balancer)."
  type        = string

  validation {
    condition     = contains(["CLOUDFRONT", "REGIONAL"], var.scope)
    error_message = "scope is CLOUDFRONT or REGIONAL."
  }
}

variable "region" {
  description = "Where the list lives; us-east-1 for CLOUDFRONT."
  type        = string

  validation {
    condition     = var.scope != "CLOUDFRONT" || var.region == "us-east-1"
    error_message = "a list of scope CLOUDFRONT lives in us-east-1."
  }
}

variable "requests_per_5_minutes" {
  description = "Requests one address may make in five minutes: all of them, and those that start conversions."
  type        = object({ all = number, conversions = number })
  default     = { all = 10000, conversions = 1000 }

  validation {
    condition     = var.requests_per_5_minutes.all >= 100 && var.requests_per_5_minutes.conversions >= 10
    error_message = "limits are 100 and 10 or more: AWS counts nothing smaller."
  }
}

variable "log_retention_days" {
  description = "How long logs are kept, in days."
  type        = number
  default     = 90
}

variable "kms_key_arn" {
  description = "Key of the log group, in its region."
  type        = string
}
