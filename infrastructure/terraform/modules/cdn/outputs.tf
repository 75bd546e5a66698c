output "distribution_id" {
  description = "The distribution."
  value       = aws_cloudfront_distribution.this.id
}

output "distribution_arn" {
  description = "The distribution's ARN."
  value       = aws_cloudfront_distribution.this.arn
}

output "domain_name" {
  description = "CloudFront's own name for it, for the DNS alias."
  value       = aws_cloudfront_distribution.this.domain_name
}

output "hosted_zone_id" {
  description = "CloudFront's DNS zone, for the DNS alias."
  value       = aws_cloudfront_distribution.this.hosted_zone_id
}

output "releases_store_arn" {
  description = "Key-value store that cdn/publish switches releases in."
  value       = aws_cloudfront_key_value_store.releases.arn
}
