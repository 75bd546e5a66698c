output "registry" {
  description = "The registry's host name."
  value       = "${var.account_id}.dkr.ecr.${var.region}.amazonaws.com"
}

output "repository_arns" {
  description = "Repository ARNs by name."
  value       = { for name in var.repositories : name => "arn:aws:ecr:${var.region}:${var.account_id}:repository/${name}" }
}
