variable "account_id" {
  description = "The account of this environment: Terraform refuses to work in any other."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id has twelve digits."
  }
}

variable "zone_name" {
  description = "The hosted zone, such as example.org."
  type        = string
}

variable "domain" {
  description = "The name the world knows, such as ode.example.org."
  type        = string
}

variable "repository" {
  description = "owner/name on GitHub."
  type        = string
}

variable "emails" {
  description = "Who hears AWS's alarms."
  type        = list(string)
}

variable "people" {
  description = "IAM roles of people: admin, developer, reader -> role ARN."
  type        = map(string)
}

variable "public_access_cidrs" {
  description = "Networks that may reach the Kubernetes API from outside; empty for none."
  type        = list(string)
  default     = []
}

variable "kubernetes_version" {
  description = "Kubernetes version."
  type        = string
  default     = "1.36"
}

variable "secret_versions" {
  description = "Raise a secret's number to rotate it: redis, webhook, grafana, bootstrap."
  type        = map(number)
  default     = {}
}
