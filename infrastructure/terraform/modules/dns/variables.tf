variable "zone_name" {
  description = "The hosted zone that the names are in, such as example.org. It exists already, made with the domain."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.zone_name))
    error_message = "zone_name is a domain in lower case."
  }
}

variable "domain" {
  description = "The name the world knows, in the zone."
  type        = string

  validation {
    condition     = var.domain == var.zone_name || endswith(var.domain, ".${var.zone_name}")
    error_message = "domain is in the zone."
  }
}

variable "region" {
  description = "Region of the load balancer's certificate."
  type        = string
}

variable "cdn" {
  description = "CloudFront's name and zone, for the alias."
  type        = object({ domain_name = string, hosted_zone_id = string })
}
