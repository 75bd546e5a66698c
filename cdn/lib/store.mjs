// Role: where releases are put: S3 for the bytes, and for the name of the current release either CloudFront's key-value store or, where there is
// none (a stand-in, another CDN), one small object. Both change by one write, and both writes are conditional: two pipelines cannot both win.
import { CloudFrontKeyValueStoreClient, DescribeKeyValueStoreCommand, GetKeyCommand, PutKeyCommand } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import '@aws-sdk/signature-v4a';

const missing = (error) => ['NotFound', 'NoSuchKey', 'ResourceNotFoundException'].includes(error.name) || error.$metadata?.httpStatusCode === 404;

export class Bucket {
  constructor({ bucket, endpoint, region = 'us-east-1' }) {
    this.bucket = bucket;
    this.client = new S3Client({ region, ...(endpoint && { endpoint, forcePathStyle: true }), requestChecksumCalculation: endpoint ? 'WHEN_REQUIRED' : 'WHEN_SUPPORTED', responseChecksumValidation: endpoint ? 'WHEN_REQUIRED' : 'WHEN_SUPPORTED' });
  }

  /** Size and metadata of a stored object, or undefined. */
  async head(key) {
    try {
      return await this.client.send(new HeadObjectCommand({ Bucket: this.bucket, Key: key }));
    } catch (error) {
      if (missing(error)) return undefined;
      throw error;
    }
  }

  async get(key) {
    const answer = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
    return { bytes: Buffer.from(await answer.Body.transformToByteArray()), ...answer };
  }

  async put(key, bytes, { type, encoding, cacheControl, sha256 }) {
    await this.client.send(
      new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: bytes, ContentType: type, ...(encoding && { ContentEncoding: encoding }), CacheControl: cacheControl, Metadata: { sha256 } }),
    );
  }
}

/** The current release's id in CloudFront's key-value store. */
export class KeyValuePointer {
  constructor(arn) {
    this.arn = arn;
    this.client = new CloudFrontKeyValueStoreClient({ region: 'us-east-1' });
  }

  async read(key = 'current') {
    try {
      return (await this.client.send(new GetKeyCommand({ KvsARN: this.arn, Key: key }))).Value;
    } catch (error) {
      if (missing(error)) return undefined;
      throw error;
    }
  }

  async write(id) {
    const { ETag } = await this.client.send(new DescribeKeyValueStoreCommand({ KvsARN: this.arn }));
    await this.client.send(new PutKeyCommand({ KvsARN: this.arn, Key: 'current', Value: id, IfMatch: ETag }));
  }
}

/** The current release's id as an object of the bucket. */
export class ObjectPointer {
  constructor(bucket, key = 'current') {
    this.bucket = bucket;
    this.key = key;
  }

  async read() {
    if (!(await this.bucket.head(this.key))) return undefined;
    return (await this.bucket.get(this.key)).bytes.toString('utf8');
  }

  async write(id) {
    await this.bucket.put(this.key, Buffer.from(id), { type: 'text/plain; charset=utf-8', cacheControl: 'no-store', sha256: '' });
  }
}
