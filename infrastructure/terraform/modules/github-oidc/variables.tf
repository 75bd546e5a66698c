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

variable "repository" {
  description = "owner/name on GitHub: no other repository may take the roles."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.repository))
    error_message = "repository is owner/name, without wildcards."
  }
}

variable "github_environment" {
  description = "The GitHub environment whose jobs may take the deploy role. Its protection rules (approval in production) guard the role."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]+$", var.github_environment))
    error_message = "github_environment is a name without wildcards."
  }
}

variable "provider_arn" {
  description = "The account's identity provider for token.actions.githubusercontent.com (made by bootstrap)."
  type        = string

  validation {
    condition     = can(regex("^arn:aws:iam::[0-9]{12}:oidc-provider/token\\.actions\\.githubusercontent\\.com$", var.provider_arn))
    error_message = "provider_arn is GitHub's OIDC provider in this account."
  }
}

variable "ecr_repository_arns" {
  description = "Repositories the deploy role pushes to."
  type        = list(string)
}

variable "assets_bucket_arn" {
  description = "Bucket the deploy role publishes to."
  type        = string
}

variable "assets_kms_key_arn" {
  description = "Key of that bucket."
  type        = string
}

variable "releases_store_arn" {
  description = "Key-value store in which the deploy role switches releases."
  type        = string
}
