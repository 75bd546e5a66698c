variable "name" {
  description = "Prefix of every name, such as ode-staging."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,24}$", var.name))
    error_message = "name is 3 to 25 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "domain" {
  description = "The name the world knows, such as ode.example.org."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.domain))
    error_message = "domain is a host name in lower case."
  }
}

variable "origin_domain" {
  description = "The load balancer's name, such as origin.ode.example.org. Its certificate carries it."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.origin_domain))
    error_message = "origin_domain is a host name in lower case."
  }
}

variable "certificate_arn" {
  description = "ACM certificate of the domain, in us-east-1, where CloudFront looks for it."
  type        = string
}

variable "web_acl_arn" {
  description = "WAF list of scope CLOUDFRONT."
  type        = string
}

variable "assets_domain_name" {
  description = "Regional domain name of the assets bucket."
  type        = string
}

variable "logs_bucket_arn" {
  description = "Bucket that access logs are delivered to, under cloudfront/."
  type        = string
}

variable "price_class" {
  description = "Where in the world copies are kept."
  type        = string
  default     = "PriceClass_100"

  validation {
    condition     = contains(["PriceClass_100", "PriceClass_200", "PriceClass_All"], var.price_class)
    error_message = "price_class is PriceClass_100, _200 or _All."
  }
}

variable "source_dir" {
  description = "The cdn/ folder with functions and headers; empty for the one in this repository."
  type        = string
  default     = ""
}
