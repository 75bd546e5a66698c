output "names" {
  description = "Bucket names by kind: documents, exports, fonts, assets, backups, logs."
  value       = { for kind, bucket in aws_s3_bucket.this : kind => bucket.bucket }
}

output "arns" {
  description = "Bucket ARNs by kind."
  value       = local.arns
}

output "assets_domain_name" {
  description = "Where CloudFront finds the assets bucket."
  value       = aws_s3_bucket.this["assets"].bucket_regional_domain_name
}

output "kms_key_arn" {
  description = "The key of the buckets."
  value       = aws_kms_key.this.arn
}

output "logs_policy_id" {
  description = "For what must wait until log delivery is allowed."
  value       = aws_s3_bucket_policy.this["logs"].id
}
