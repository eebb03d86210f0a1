namespace AltSendme.Quic.Tests.Tls;

/// <summary>Certificates and signatures over the six bytes "signed" that OpenSSL 3.0 made, with the commands that stand in the tests.</summary>
internal static class OpenSslSignatures
{
    public const string Ed25519Certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBPDCB76ADAgECAhQHvZp9k1RlF73CkPlWrU21oPonMjAFBgMrZXAwEzERMA8G
        A1UEAwwIc29tZWJvZHkwIBcNMjYxMTIxMTQwNDE3WhgPMjEyNjEwMjgxNDA0MTda
        MBMxETAPBgNVBAMMCHNvbWVib2R5MCowBQYDK2VwAyEAEYE3/feIpFyq6nn4adJ9
        p8kg6r/wTgPWCHB3DYplldOjUzBRMB0GA1UdDgQWBBQtya5Gt7mHGHQGclKTx/gZ
        MjDKejAfBgNVHSMEGDAWgBQtya5Gt7mHGHQGclKTx/gZMjDKejAPBgNVHRMBAf8E
        BTADAQH/MAUGAytlcANBALhqDmx/OoeVmufse3Ml6HYrkuAp/PCIGGB8RHfCYcrO
        toLXG16+XL8sPQ822bMfVh3td6BaoLVi6uNTfd2RTQE=
        -----END CERTIFICATE-----
        """;

    public const string Ed25519 = "Ac41yOl1f3ekXA7sLq5KQhV2LWLA6CZtAQ/B2ZEt9YVs340brCIffc8r8lHfwpTKSyqx+qm+MUAYAoxitpcwDA==";

    public const string RsaCertificate = """
        -----BEGIN CERTIFICATE-----
        MIIDCTCCAfGgAwIBAgIUGoheZqL/CcjPFOEBELcTDWW79GcwDQYJKoZIhvcNAQEL
        BQAwEzERMA8GA1UEAwwIc29tZWJvZHkwIBcNMjYxMTIxMTQwNDE4WhgPMjEyNjEw
        MjgxNDA0MThaMBMxETAPBgNVBAMMCHNvbWVib2R5MIIBIjANBgkqhkiG9w0BAQEF
        AAOCAQ8AMIIBCgKCAQEAv7SxGdrYboCFkrVz1BSuAU/T6d/ZWgO6EhZOCqc1okMw
        RSCPmp9gejsvpgizKC564Er+QPVY0o1piJt84DeVmXW3zYZTvyWTs2lSJFpykQdK
        voQtUI9JxCR6uzipXi6RxQD5NUfTPZPOTEANYX6NN7d2KWV5fLsyeCjriB5lqXM0
        lCKB6EBTav1B9ZMDhmOwzGjISG3lyaQAL0Zjy3XFmOqzoyibGWbinERkUIYxJfg+
        ekE3D1cocB7hZimqDJ4OWQ5CLI+RuItKBmMjB/oM5sn51RpOCzfDV73zdwVULpu7
        iG83BoxRmXsg6mUL3VG04NZrn7H7bfxDPJewU8Tz1QIDAQABo1MwUTAdBgNVHQ4E
        FgQUn+mbq75br3PidCuLZIdvGsOC3rYwHwYDVR0jBBgwFoAUn+mbq75br3PidCuL
        ZIdvGsOC3rYwDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0BAQsFAAOCAQEADaHz
        4U9o+KwHAOQWLI6wzCbuD0tI/jHSt8tB7zYj0WDrR69cTABPbe5tItiQ34NKDbzU
        WVqelzhAYwXdy61nf+ueUBOWQMbRV8tg0ZYRtR5NkB6A0JFJw0GIJDDMv0AzuLKX
        ZdjtZZvZOq2POR+PbgJ5HHjoXWTEURsgOSw/c//35QtFTaVxRc3gEAZwTJa8d9dH
        OexGXzj+9AKOsn5XHT0To/TK/zRjDd59j+Z4oqKiBtLlQkGbH9UrDU9UfocgwbqN
        6Yq86Uj6tJiGluN4rzhvFb24eb4d6CV69wWnZWxrmBicBJrr1Rl/YKVoAmCduHVs
        IbuY3MkWwsn4VpG1cA==
        -----END CERTIFICATE-----
        """;

    public const string RsaPssSha384 = "rRnapQz8U2/y7Lh7uEhYuPRiPDUE8kUSK2N6M0Aom2u1Mze1KoeVFaeBMhmobmcJCQ2aLWZ2d7v+5IvwkYQovh+wMV2H1FRczqcP/JFbzGlatnmUlw2gDpQpW4AEaD+kHWwQbnmACQm9s6RblzwBXZOshyAF0/EAGoQQNSjSPvhWK8IinXKqTb/jMwGwLP+aqhYMe4OPaHWX2rr7weeFi3gqhjGbOpAOeY0LizJjF1rBHmAMmtGDxUHz4UXpXxp5dn0dyIN5P60h8ZjxflE/rqxHbIGO6zdyz1tFY6falS7YJ/PSsDhh8wOi4wcj31JvJ2x0bh4ojpsJna4A/VbUmg==";
}
