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
  description = "Security groups that may connect to 6379, by a short name."
  type        = map(string)
}

variable "engine" {
  description = "valkey (default) or redis, and its version. ODE uses commands of Redis 7.0 only, so both serve."
  type        = object({ name = string, version = string })
  default     = { name = "valkey", version = "8.2" }

  validation {
    condition     = (var.engine.name == "valkey" && can(regex("^(8\\.[2-9]|9\\.[0-9])$", var.engine.version))) || (var.engine.name == "redis" && var.engine.version == "7.1")
    error_message = "engine is valkey 8.2 or later, or redis 7.1."
  }
}

variable "node_type" {
  description = "Node type."
  type        = string
  default     = "cache.t4g.small"

  validation {
    condition     = startswith(var.node_type, "cache.")
    error_message = "node_type is an ElastiCache type, such as cache.t4g.small."
  }
}

variable "nodes" {
  description = "Primary and replicas. 2 or more fail over between zones; 1 is for environments that may stand still."
  type        = number
  default     = 2

  validation {
    condition     = var.nodes >= 1 && var.nodes <= 6
    error_message = "nodes is 1 to 6."
  }
}

variable "auth_token" {
  description = "The token, made anew in every run; it counts only when auth_token_version rises."
  type        = string
  ephemeral   = true
  sensitive   = true

  validation {
    condition     = can(regex("^[A-Za-z0-9!&#$^<>-]{16,128}$", var.auth_token))
    error_message = "auth_token has 16 to 128 letters, digits and !&#$^<>-, as ElastiCache demands."
  }
}

variable "auth_token_version" {
  description = "Raise it to rotate the token: a new one is made, added to Redis beside the old one, and put into the secret."
  type        = number
  default     = 1
}

variable "snapshot_retention_days" {
  description = "Days that nightly snapshots are kept. The database is the truth; a snapshot only saves requeueing."
  type        = number
  default     = 1
}

variable "alarm_topic_arn" {
  description = "Where alarms go."
  type        = string
}

variable "secret_recovery_days" {
  description = "Days that a deleted secret can be brought back; 0 deletes at once."
  type        = number
  default     = 30
}
