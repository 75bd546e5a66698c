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

variable "generated" {
  description = "Secrets made here: name -> what it is for. Each is {\"value\": ...}."
  type        = map(string)

  validation {
    condition     = alltrue([for name, text in var.generated : can(regex("^[a-z][a-z0-9-]+$", name)) && length(text) > 0])
    error_message = "generated maps lower-case names to what they are for."
  }
}

variable "generated_values" {
  description = "A fresh value for each of generated, made anew in every run; it counts only when versions rises."
  type        = map(string)
  ephemeral   = true
  sensitive   = true
}

variable "versions" {
  description = "Raise a secret's number to rotate it; 1 where not named."
  type        = map(number)
  default     = {}
}

variable "provided" {
  description = "Secrets of others, put in by an operator once (README): name -> what it is for."
  type        = map(string)
  default     = {}
}

variable "recovery_days" {
  description = "Days that a deleted secret can be brought back; 0 deletes at once."
  type        = number
  default     = 30
}
