# Names and certificates. CloudFront's certificate lives in us-east-1; the load balancer's in its region. The load balancer's own name,
# origin.<domain>, is written by external-dns from the Ingress.

locals {
  certificates = {
    edge   = { region = "us-east-1", name = var.domain, others = [] }
    origin = { region = var.region, name = "origin.${var.domain}", others = ["grafana.${var.domain}"] }
  }
  # Every name to prove. Keyed by what is known before the certificate exists.
  proofs = merge([
    for key, certificate in local.certificates : { for name in concat([certificate.name], certificate.others) : "${key}/${name}" => { certificate = key, name = name } }
  ]...)
}

data "aws_route53_zone" "this" {
  name         = var.zone_name
  private_zone = false
}

resource "aws_acm_certificate" "this" {
  for_each = local.certificates

  region                    = each.value.region
  domain_name               = each.value.name
  subject_alternative_names = each.value.others
  validation_method         = "DNS"
  key_algorithm             = "EC_prime256v1"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "proof" {
  for_each = local.proofs

  zone_id         = data.aws_route53_zone.this.zone_id
  allow_overwrite = true
  name            = one([for option in aws_acm_certificate.this[each.value.certificate].domain_validation_options : option.resource_record_name if option.domain_name == each.value.name])
  type            = one([for option in aws_acm_certificate.this[each.value.certificate].domain_validation_options : option.resource_record_type if option.domain_name == each.value.name])
  records         = [one([for option in aws_acm_certificate.this[each.value.certificate].domain_validation_options : option.resource_record_value if option.domain_name == each.value.name])]
  ttl             = 60
}

resource "aws_acm_certificate_validation" "this" {
  for_each = local.certificates

  region                  = each.value.region
  certificate_arn         = aws_acm_certificate.this[each.key].arn
  validation_record_fqdns = [for key, proof in local.proofs : aws_route53_record.proof[key].fqdn if proof.certificate == each.key]
}

resource "aws_route53_record" "domain" {
  for_each = toset(["A", "AAAA"])

  zone_id = data.aws_route53_zone.this.zone_id
  name    = var.domain
  type    = each.key

  alias {
    name                   = var.cdn.domain_name
    zone_id                = var.cdn.hosted_zone_id
    evaluate_target_health = false
  }
}

# Only Amazon's authority may issue certificates for this name.
resource "aws_route53_record" "caa" {
  zone_id = data.aws_route53_zone.this.zone_id
  name    = var.domain
  type    = "CAA"
  ttl     = 3600
  records = ["0 issue \"amazon.com\"", "0 issue \"amazontrust.com\"", "0 issuewild \";\""]
}
