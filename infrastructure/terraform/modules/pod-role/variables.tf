variable "cluster_name" {
  description = "The cluster; also the prefix of the role's name."
  type        = string
}

variable "account_id" {
  description = "The AWS account."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id has twelve digits."
  }
}

variable "namespace" {
  description = "Namespace of the service account."
  type        = string
}

variable "service_account" {
  description = "The one service account that has the role."
  type        = string
}

variable "policy" {
  description = "What the pods may do: an IAM policy as JSON."
  type        = string

  validation {
    condition = alltrue([
      for statement in jsondecode(var.policy).Statement :
      statement.Effect == "Deny" || !(contains(flatten([statement.Resource]), "*") && anytrue([for action in flatten([statement.Action]) : strcontains(action, "*") && !can(regex(":(Describe|List|Get)[A-Za-z]*\\*$", action))]))
    ])
    error_message = "policy allows no wildcard action on wildcard resources, but for looking."
  }
}
