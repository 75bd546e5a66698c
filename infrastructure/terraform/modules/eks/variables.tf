variable "name" {
  description = "The cluster's name, such as ode-staging."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,24}$", var.name))
    error_message = "name is 3 to 25 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "kubernetes_version" {
  description = "Kubernetes version. Only versions in standard support: extended support costs six times as much."
  type        = string
  default     = "1.36"

  validation {
    condition     = can(regex("^1\\.(3[4-9]|[4-9][0-9])$", var.kubernetes_version))
    error_message = "kubernetes_version is 1.34 or later."
  }
}

variable "account_id" {
  description = "The AWS account, for key policies."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id has twelve digits."
  }
}

variable "region" {
  description = "The region, for key and role policies."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets of the nodes, one in each zone."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) == 3
    error_message = "subnet_ids has one private subnet for each of three zones."
  }
}

variable "public_access_cidrs" {
  description = "Who may reach the API server from outside the network. Empty: nobody; operators and pipelines come through the network."
  type        = list(string)
  default     = []

  validation {
    condition     = !contains(var.public_access_cidrs, "0.0.0.0/0") && alltrue([for cidr in var.public_access_cidrs : can(cidrnetmask(cidr))])
    error_message = "public_access_cidrs are IPv4 networks, never the whole internet."
  }
}

variable "log_retention_days" {
  description = "How long control-plane logs are kept, in days."
  type        = number
  default     = 90
}

variable "system_nodes" {
  description = "The tainted pool of cluster add-ons: it does not grow with load."
  type = object({
    instance_types = optional(list(string), ["t3.medium"])
    count          = optional(number, 2)
  })
  default = {}

  validation {
    condition     = var.system_nodes.count >= 2
    error_message = "system_nodes.count is 2 or more: the add-ons survive one node."
  }
}

variable "worker_nodes" {
  description = "The baseline of workload nodes. Karpenter adds and removes nodes above it; the group itself does not grow by Karpenter."
  type = object({
    instance_types = optional(list(string), ["c6i.xlarge"])
    min            = number
    desired        = number
    max            = number
  })

  validation {
    condition     = var.worker_nodes.min >= 1 && var.worker_nodes.min <= var.worker_nodes.desired && var.worker_nodes.desired <= var.worker_nodes.max
    error_message = "worker_nodes has 1 <= min <= desired <= max."
  }
}

variable "addon_versions" {
  description = "Exact versions of add-ons by name; those not named get the version AWS recommends for the cluster's version."
  type        = map(string)
  default     = {}
}

variable "access" {
  description = "People and pipelines: name -> role ARN, EKS access policy (such as AmazonEKSViewPolicy), namespaces (empty: the whole cluster), Kubernetes groups for RBAC."
  type = map(object({
    principal_arn = string
    policy        = string
    namespaces    = optional(list(string), [])
    groups        = optional(list(string), [])
  }))
  default = {}

  validation {
    condition     = alltrue([for entry in var.access : can(regex("^arn:aws:iam::[0-9]{12}:(role|user)/", entry.principal_arn))])
    error_message = "access entries name IAM roles or users by ARN."
  }
  validation {
    condition     = alltrue([for entry in var.access : !(entry.policy == "AmazonEKSClusterAdminPolicy" && length(entry.namespaces) > 0)])
    error_message = "AmazonEKSClusterAdminPolicy has no namespaces: it is the whole cluster."
  }
}

variable "deletion_protection" {
  description = "Whether the cluster refuses to be deleted."
  type        = bool
  default     = true
}
