variable "name" {
  description = "Prefix of every name, such as ode-staging."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,24}$", var.name))
    error_message = "name is 3 to 25 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "cidr" {
  description = "The network, a /16. Subnets are its /24s: .1 to .3 private, .101 to .103 public, .201 to .203 isolated."
  type        = string

  validation {
    condition     = can(cidrnetmask(var.cidr)) && endswith(var.cidr, ".0.0/16")
    error_message = "cidr is an IPv4 /16, such as 10.20.0.0/16."
  }
}

variable "availability_zones" {
  description = "Three zones of the region. Losing one of them must leave a quorum of everything."
  type        = list(string)

  validation {
    condition     = length(var.availability_zones) == 3 && length(distinct(var.availability_zones)) == 3
    error_message = "availability_zones names three different zones."
  }
}

variable "nat_gateways" {
  description = "3: one in each zone, so that a zone's end takes no other zone's way out with it. 1: cheaper, for environments that may stand still."
  type        = number

  validation {
    condition     = contains([1, 3], var.nat_gateways)
    error_message = "nat_gateways is 1 or 3."
  }
}

variable "region" {
  description = "The region, for the names of service endpoints."
  type        = string
}

variable "account_id" {
  description = "The AWS account, for key policies."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id has twelve digits."
  }
}

variable "flow_log_retention_days" {
  description = "How long flow logs are kept, in days."
  type        = number
  default     = 90

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731], var.flow_log_retention_days)
    error_message = "flow_log_retention_days is one of the retentions that CloudWatch knows."
  }
}
