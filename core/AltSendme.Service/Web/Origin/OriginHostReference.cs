namespace AltSendme.Service.Web.Origin;

/// <summary>Leads from the routes to the origin that they belong to, which is known only once it listens.</summary>
internal sealed class OriginHostReference
{
    /// <summary>The origin.</summary>
    public OriginHost Host { get => field ?? throw new InvalidOperationException("The origin does not listen yet."); set; }
}
