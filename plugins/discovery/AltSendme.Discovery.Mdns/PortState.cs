namespace AltSendme.Discovery.Mdns;

/// <summary>When something was last said on a link, and what is about to be. Guarded by the node's lock.</summary>
internal sealed class PortState
{
    /// <summary>When the announcement was last sent there.</summary>
    public long? Announced { get; set; }

    /// <summary>When the question was last asked there.</summary>
    public long? Asked { get; set; }

    /// <summary>The answer that waits for its moment; its timer.</summary>
    public ITimer? Pending { get; set; }

    /// <summary>Ends the wait.</summary>
    public void Cancel()
    {
        Pending?.Dispose();
        Pending = null;
    }
}
