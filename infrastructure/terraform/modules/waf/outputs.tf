output "arn" {
  description = "The list, for a distribution or a load balancer."
  value       = aws_wafv2_web_acl.this.arn
}
