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

variable "vpc_id" {
  description = "The network."
  type        = string
}

variable "subnet_ids" {
  description = "Isolated subnets, one in each zone."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "subnet_ids has isolated subnets in two zones or more."
  }
}

variable "client_security_group_ids" {
  description = "Security groups that may connect to 5432, by a short name."
  type        = map(string)
}

variable "engine_version" {
  description = "PostgreSQL version; minor versions above it are applied in the maintenance window."
  type        = string
  default     = "17.7"

  validation {
    condition     = can(regex("^(17\\.([7-9]|[1-9][0-9])|1[89]\\.[0-9]+)$", var.engine_version))
    error_message = "engine_version is 17.7 or later."
  }
}

variable "instance_class" {
  description = "Instance class."
  type        = string
  default     = "db.t4g.medium"

  validation {
    condition     = startswith(var.instance_class, "db.")
    error_message = "instance_class is an RDS class, such as db.t4g.medium."
  }
}

variable "storage_gb" {
  description = "Storage in GB at the start, and the most that it grows to by itself."
  type        = object({ initial = number, max = number })
  default     = { initial = 20, max = 100 }

  validation {
    condition     = var.storage_gb.initial >= 20 && var.storage_gb.max > var.storage_gb.initial
    error_message = "storage_gb begins at 20 or more and may grow."
  }
}

variable "multi_az" {
  description = "Whether a standby in another zone takes over."
  type        = bool
}

variable "backup_retention_days" {
  description = "Days of point-in-time recovery: 7 in dev, 30 in staging, 35 (the most) in production."
  type        = number

  validation {
    condition     = var.backup_retention_days >= 7 && var.backup_retention_days <= 35
    error_message = "backup_retention_days is 7 to 35."
  }
}

variable "deletion_protection" {
  description = "Whether deletion is refused. With it off, no final snapshot is kept either: such an environment is destroyed without hands."
  type        = bool
  default     = true
}

variable "alarm_topic_arn" {
  description = "Where alarms go."
  type        = string
}

variable "insights" {
  description = "Database Insights: standard (7 days of history) or advanced (15 months)."
  type        = string
  default     = "standard"

  validation {
    condition     = contains(["standard", "advanced"], var.insights)
    error_message = "insights is standard or advanced."
  }
}

variable "replica_region" {
  description = "Region that automated backups are copied to; empty for none."
  type        = string
  default     = ""
}
