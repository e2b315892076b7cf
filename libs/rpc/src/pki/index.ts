/** The certificates of a cluster: a CA, identities that it signs, and their files. */
export { createCa, issueCertificate, type CertificateRequest, type Making, type Pem } from './certificate';
export { writeClusterPki, type ClusterPki, type Issued, type PkiIdentity } from './cluster-pki';
