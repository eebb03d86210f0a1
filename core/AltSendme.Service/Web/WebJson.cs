using System.Text.Json;
using System.Text.Json.Serialization;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Web.Folders;
using AltSendme.Service.Web.Preferences;
using AltSendme.Service.Web.Spools;

namespace AltSendme.Service.Web;

/// <summary>The JSON of what only windows have; the same rules as <see cref="ContractJson"/>.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(WordConverter<WindowPage>)])]
[JsonSerializable(typeof(DeskView))]
[JsonSerializable(typeof(OpenedWindow))]
[JsonSerializable(typeof(FolderView))]
[JsonSerializable(typeof(FolderOrder))]
[JsonSerializable(typeof(SpaceView))]
[JsonSerializable(typeof(ReceivedText))]
[JsonSerializable(typeof(PickOrder))]
[JsonSerializable(typeof(PickView))]
[JsonSerializable(typeof(SpoolView))]
[JsonSerializable(typeof(PreferencesView))]
[JsonSerializable(typeof(PreferencesOrder))]
[JsonSerializable(typeof(RelayEndpoint))]
[JsonSerializable(typeof(RelayTestView))]
internal sealed partial class WebJson : JsonSerializerContext
{
    /// <summary>Adds these types to options that know the contract already.</summary>
    public static void Apply(JsonSerializerOptions options) => options.TypeInfoResolverChain.Insert(0, Default);
}
