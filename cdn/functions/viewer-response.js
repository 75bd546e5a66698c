// Role: CloudFront function on viewer-response: says that answers differ by Accept-Encoding, which S3 cannot.

function handler(event) {
  const response = event.response;
  const headers = response.headers;
  const vary = headers.vary ? headers.vary.value : '';
  if (!/(?:^|,)\s*(?:\*|accept-encoding)\s*(?:,|$)/i.test(vary)) headers.vary = { value: vary ? vary + ', Accept-Encoding' : 'Accept-Encoding' };
  // A missing asset is not immutable: it may be published a second later.
  if (response.statusCode >= 400) headers['cache-control'] = { value: 'no-store' };
  return response;
}
