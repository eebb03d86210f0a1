namespace AltSendme.Discovery.Testing;

/// <summary>What <see cref="TestDnsServer"/> does with a question instead of answering it.</summary>
public enum DnsServerFault
{
    /// <summary>It answers.</summary>
    None,

    /// <summary>It says nothing.</summary>
    Silent,

    /// <summary>It says that the answer does not fit.</summary>
    Truncated,

    /// <summary>It cuts the answer in the middle and says so only in the header.</summary>
    Cut,

    /// <summary>It answers another id first, then rightly.</summary>
    WrongId,

    /// <summary>It answers another question first, then rightly.</summary>
    WrongQuestion,

    /// <summary>It sends the question back, then answers.</summary>
    Echo,

    /// <summary>It answers with names that loop, and with nothing else.</summary>
    LoopingName,

    /// <summary>It sends an empty datagram, random bytes and then the answer.</summary>
    Garbage,

    /// <summary>It answers from another port, and with nothing else.</summary>
    FromOtherPort,

    /// <summary>It sends more answers to other questions than anybody should read.</summary>
    Flood,

    /// <summary>It says that it failed.</summary>
    ServerFailure,

    /// <summary>It does not understand extensions.</summary>
    FormatError,

    /// <summary>It does not want to answer.</summary>
    Refused,
}
