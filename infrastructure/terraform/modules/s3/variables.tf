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

variable "replica_region" {
  description = "Region that documents, fonts and backups are replicated to; empty for none."
  type        = string
  default     = ""
}

variable "force_destroy" {
  description = "Whether buckets are destroyed with what is in them: only for environments that are thrown away."
  type        = bool
  default     = false
}

variable "upload_origins" {
  description = "Web origins that may upload to the documents bucket by a presigned URL, such as https://ode.example.org."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for origin in var.upload_origins : can(regex("^https://[a-z0-9.-]+$", origin))])
    error_message = "upload_origins are https:// origins without a path."
  }
}

variable "export_expiry_days" {
  description = "Days after which results expire."
  type        = number
  default     = 7
}

variable "archive_after_days" {
  description = "Days after which documents move to Glacier Instant Retrieval, which is read like any other object."
  type        = number
  default     = 30
}

variable "load_balancer_log_prefixes" {
  description = "Prefixes of the logs bucket that load balancers write to."
  type        = list(string)
  default     = ["alb"]
}
