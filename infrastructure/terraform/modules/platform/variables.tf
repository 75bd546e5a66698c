variable "environment" {
  description = "dev, staging or production."
  type        = string

  validation {
    condition     = contains(["dev", "staging", "production"], var.environment)
    error_message = "environment is dev, staging or production."
  }
}

variable "settings" {
  description = "The environment's row of infrastructure/environments.yaml."
  type = object({
    cidr                = string
    nat_gateways        = number
    system_nodes        = number
    worker_nodes        = object({ min = number, desired = number, max = number })
    night_nodes         = optional(number)
    database            = object({ class = string, multi_az = bool, backup_days = number, insights = string })
    redis               = object({ type = string, nodes = number })
    replica_region      = string
    deletion_protection = bool
    log_days            = number
    backup_days         = number
    budget_usd          = number
  })

  validation {
    condition     = var.environment != "production" || (var.settings.nat_gateways == 3 && var.settings.database.multi_az && var.settings.redis.nodes >= 2 && var.settings.deletion_protection && var.settings.replica_region != "")
    error_message = "production has a NAT gateway in each zone, a standby database, a queue replica, deletion protection and copies in another region."
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

  validation {
    condition     = contains(keys(var.people), "admin") && alltrue([for name in keys(var.people) : contains(["admin", "developer", "reader"], name)])
    error_message = "people names admin, and may name developer and reader."
  }
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

variable "passwords" {
  description = "A fresh password for each of redis, webhook, grafana, bootstrap (modules/random-password)."
  type        = map(string)
  ephemeral   = true
  sensitive   = true
}
