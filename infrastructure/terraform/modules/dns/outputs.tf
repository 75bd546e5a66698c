output "zone_id" {
  description = "The hosted zone."
  value       = data.aws_route53_zone.this.zone_id
}

output "edge_certificate_arn" {
  description = "Proven certificate for CloudFront."
  value       = aws_acm_certificate_validation.this["edge"].certificate_arn
}

output "origin_certificate_arn" {
  description = "Proven certificate for the load balancer."
  value       = aws_acm_certificate_validation.this["origin"].certificate_arn
}

output "origin_domain" {
  description = "The load balancer's name."
  value       = local.certificates.origin.name
}
