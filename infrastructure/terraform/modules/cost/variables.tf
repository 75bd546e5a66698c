variable "name" {
  description = "Prefix of every name, such as ode-staging."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,24}$", var.name))
    error_message = "name is 3 to 25 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "monthly_budget_usd" {
  description = "What the environment may cost in a month, in US dollars."
  type        = number

  validation {
    condition     = var.monthly_budget_usd > 0
    error_message = "monthly_budget_usd is more than nothing."
  }
}

variable "environment" {
  description = "Value of the tag Environment by which costs are told apart (activate it as a cost allocation tag, README)."
  type        = string
}

variable "alarm_topic_arn" {
  description = "Where budgets report."
  type        = string
}
