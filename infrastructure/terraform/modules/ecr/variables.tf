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

variable "repositories" {
  description = "Repositories. ode-api, ode-worker and ode-core are ODE's; ode-pgbouncer pools its connections."
  type        = list(string)
  default     = ["ode-api", "ode-worker", "ode-core", "ode-pgbouncer"]
}

variable "keep_images" {
  description = "How many tagged images are kept in each repository."
  type        = number
  default     = 30

  validation {
    condition     = var.keep_images >= 10
    error_message = "keep_images is 10 or more: a rollback must find its image."
  }
}

variable "replica_region" {
  description = "Region that images are copied to; empty for none."
  type        = string
  default     = ""
}

variable "force_destroy" {
  description = "Whether repositories are destroyed with their images."
  type        = bool
  default     = false
}
